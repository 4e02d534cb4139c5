//! Recovering or buying back idle land with the means of special bonds.

pub mod bond_price;
