"""Opens layers in QGIS without a screen and prints what it sees of them, as JSON. Run by test_ogc.py with the system's
own Python, for which QGIS is installed."""

import json
import sys

from qgis.core import Qgis, QgsApplication, QgsVectorLayer

url, token, *names = sys.argv[1:]
application = QgsApplication([], False)
application.initQgis()
layers = {}
for name in names:
    source = f"typename='{name}' url='{url}' pagingEnabled='true' username='viewer' password='{token}'"
    layer = QgsVectorLayer(source, name, "OAPIF")
    features = list(layer.getFeatures()) if layer.isValid() else []
    layers[name] = {
        "is_valid": layer.isValid(),
        "count": layer.featureCount(),
        "crs": layer.crs().authid(),
        "fields": [field.name() for field in layer.fields()],
        "codes": [str(feature[0]) for feature in features],
        "areas": [feature.geometry().area() for feature in features],
        "extent": [layer.extent().xMinimum(), layer.extent().yMinimum(), layer.extent().xMaximum(), layer.extent().yMaximum()],
    }
print(json.dumps({"version": Qgis.version(), "layers": layers}))
