//! The catalogue of problems, as the service tells it.

use dizhang::http::problem::Kind;

use crate::support::both;

#[test]
fn every_problem_says_at_its_address_what_it_means() {
    both(|service| {
        for kind in Kind::ALL {
            let row = kind.row();
            let text = service.get(&format!("/problems/{}", row.slug)).expect(200);
            assert_eq!((text["zh"].as_str(), text["en"].as_str()), (Some(row.zh), Some(row.en)));
        }
        assert_eq!(service.get("/problems/nonsense").refused(404), "not-found");
    });
}
