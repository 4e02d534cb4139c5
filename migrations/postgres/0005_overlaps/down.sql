DROP TABLE plot_overlap;
