//! GeoJSON cut out of a stream is what reading it whole gives, and no bytes break the cutting.

use std::io::{Cursor, Read, Seek, SeekFrom};

use dizhang::domain::input::Reader;
use dizhang::formats::geojson;
use dizhang::formats::geojson::stream::{Batches, CannotCut, Outline, outline};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A stream that gives a few bytes at a time, as sockets do.
struct Drops {
    bytes: Cursor<Vec<u8>>,
    size: usize,
}

impl Read for Drops {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let size = self.size.min(to.len());
        self.bytes.read(&mut to[..size])
    }
}

impl Seek for Drops {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// The features of a document as they are cut, or the faults.
fn cut(document: &[u8], size: usize) -> Result<Vec<Value>, Vec<String>> {
    let stream = || Drops { bytes: Cursor::new(document.to_vec()), size };
    let told = |error: CannotCut| match error {
        CannotCut::Io(error) => vec![error.to_string()],
        CannotCut::Faults(faults) => {
            faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.message.en)).collect()
        }
    };
    let Outline::Collection { from, line, .. } = outline(stream()).map_err(told)? else { return Ok(Vec::new()) };
    let mut features = Vec::new();
    for batch in Batches::new(stream(), from, line, 50).map_err(told)? {
        let batch = batch.map_err(told)?;
        for at in 0..batch.len() {
            let mut reader = Reader::default();
            let Some(item) = batch.item(at, &mut reader) else {
                return Err(reader.into_faults().into_iter().map(|fault| fault.message.en.into_owned()).collect());
            };
            let id = item
                .open(&mut reader)
                .and_then(|feature| feature.id)
                .map_or(Value::Null, |id| serde_json::from_str(id.get()).unwrap());
            features.push(json!({"index": item.index, "id": id}));
        }
    }
    Ok(features)
}

fn feature(id: &Value) -> Value {
    json!({"type": "Feature", "id": id, "geometry": null, "properties": {"a": "}]{[\\\"", "b": [1, {"c": "\u{5730}"}]}})
}

#[test]
fn members_may_stand_in_any_order_and_hold_any_marks() {
    let all = json!([feature(&json!("1]")), feature(&json!(2))]);
    let crs = json!({"type": "name", "properties": {"name": "EPSG:4547"}});
    let documents = [
        format!(r#"{{"type":"FeatureCollection","features":{all},"crs":{crs}}}"#),
        format!(
            "\u{feff} {{ \"name\" : \"]}}\" , \"bbox\":[1,2,[3]], \"crs\":{crs},\"features\" : {all} , \"type\":\"FeatureCollection\",\"n\":1e5}} \n"
        ),
    ];
    for document in documents {
        for size in [1, 3, 1 << 20] {
            let found = outline(Drops { bytes: Cursor::new(document.clone().into_bytes()), size }).unwrap();
            assert!(matches!(found, Outline::Collection { crs: Some(crs), .. } if crs.epsg() == 4547), "{found:?}");
            let cut = cut(document.as_bytes(), size).unwrap();
            assert_eq!(cut, [json!({"index": 0, "id": "1]"}), json!({"index": 1, "id": 2})]);
        }
    }
}

#[test]
fn what_is_wrong_with_a_document_is_told_with_its_line() {
    let table = [
        (
            "{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"type\":",
            "not valid JSON at line 3, or the file is cut off",
        ),
        ("{\"type\":\"FeatureCollection\"}", "/features this member is required"),
        ("{\"type\":\"FeatureCollection\",\"features\":{}}", "/features an array"),
        ("{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", "/features given more than once"),
        (
            "{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:1\"}},\"features\":[]}",
            "/crs/properties/name unknown",
        ),
        ("{\"type\":\"FeatureCollection\",\"features\":[]} and more", "not valid JSON at line 1"),
        ("{\"type\":\"FeatureCollection\",\"features\":[\n{\"a\":1,}]}", "not valid JSON in UTF-8 from line 2"),
        ("", "not valid JSON at line 1"),
    ];
    for (document, expected) in table {
        let faults = cut(document.as_bytes(), 4096).unwrap_err();
        assert!(faults[0].trim_start().starts_with(expected), "{document}: {faults:?}");
    }
    let many = format!(r#"{{"type":"FeatureCollection","features":{}}}"#, json!(vec![json!({}); 51]));
    assert!(cut(many.as_bytes(), 4096).unwrap_err()[0].contains("more than 50 features"));
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        r#"[a-z\[\]{}",:\\ \u{5730}]{0,8}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(r#"[a-z"\]}]{1,4}"#, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cutting_gives_what_reading_whole_gives(ids in proptest::collection::vec(values(), 0..8), other in values(), size in 1_usize..40) {
        let ids: Vec<Value> = ids.into_iter().filter(|id| !id.is_null()).collect();
        let features: Vec<Value> = ids.iter().map(feature).collect();
        let document = json!({"other": other, "type": "FeatureCollection", "features": features}).to_string();
        let expected: Vec<Value> = ids.iter().enumerate().map(|(index, id)| json!({"index": index, "id": id})).collect();
        prop_assert_eq!(cut(document.as_bytes(), size).unwrap(), expected);
        let mut reader = Reader::default();
        let whole = geojson::open(document.as_bytes(), 50, &mut reader).unwrap();
        prop_assert_eq!(whole.items().len(), ids.len());
    }

    #[test]
    fn no_bytes_make_the_cutting_panic(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'{'), Just(b'"'), Just(b']'), Just(b'[')], 0..300), size in 1_usize..20) {
        let _ = cut(&bytes, size);
        let mut document = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
        document.extend(&bytes);
        let _ = cut(&document, size);
    }
}
