use dizhang::domain::codes::{
    CountyCode, CreditCode, IndustryCode, ParcelCode, SupervisionNumber, TownshipCode, TownshipKind, UnitCode,
};
use dizhang::domain::text::Text;

fn refused<T: std::str::FromStr<Err = Text> + std::fmt::Debug>(code: &str) -> String {
    code.parse::<T>().unwrap_err().zh.into_owned()
}

#[test]
fn a_wrong_check_character_is_answered_with_the_right_one() {
    assert!(refused::<CreditCode>("91350100M000100Y4Z").contains("不会出现"), "Z does not occur in a credit code");
    assert!(refused::<CreditCode>("91350100M000100Y44").contains("“3”"));
    assert_eq!("91350100M000100Y43".parse::<CreditCode>().unwrap().as_str(), "91350100M000100Y43");
}

#[test]
fn any_single_wrong_character_of_a_credit_code_is_found() {
    let code = "91512081MA62K0260E";
    for at in 0..18 {
        for letter in "0123456789ABCDEFGHJKLMNPQRTUWXY".chars() {
            let mut wrong: Vec<char> = code.chars().collect();
            if wrong[at] == letter {
                continue;
            }
            wrong[at] = letter;
            let wrong: String = wrong.into_iter().collect();
            assert!(wrong.parse::<CreditCode>().is_err(), "{wrong}");
        }
    }
}

#[test]
fn a_code_of_the_wrong_length_or_letters_says_so() {
    assert!(refused::<CreditCode>("91512081MA62K0260").contains("18 位"));
    assert!(refused::<CreditCode>("91512081ma62k0260e").contains("第 9 位"));
    assert!(refused::<ParcelCode>("410183001009GB0000一").contains("第 19 位"));
    assert!(refused::<CountyCode>("4１0183").contains("第 2 位"));
}

#[test]
fn a_county_is_neither_a_province_nor_a_city() {
    assert_eq!("410183".parse::<CountyCode>().unwrap().get(), 410_183);
    assert!(refused::<CountyCode>("410000").contains("县级"));
    assert!(refused::<CountyCode>("410100").contains("县级"));
    assert!(refused::<CountyCode>("990101").contains("省级"));
    // 东莞 has no counties and stands for one.
    assert_eq!("441900".parse::<CountyCode>().unwrap().to_string(), "441900");
}

#[test]
fn a_township_belongs_to_its_county_and_has_a_kind() {
    let township: TownshipCode = "410183104".parse().unwrap();
    assert_eq!((township.county().get(), township.kind()), (410_183, TownshipKind::Town));
    assert_eq!("410183001".parse::<TownshipCode>().unwrap().kind(), TownshipKind::Subdistrict);
    assert!(refused::<TownshipCode>("410183000").contains("000"));
    assert!(refused::<TownshipCode>("410183600").contains("600"));
    assert!(refused::<TownshipCode>("410100104").contains("县级"));
}

#[test]
fn a_parcel_code_is_checked_part_by_part() {
    let parcel: ParcelCode = "410183001009GB00001".parse().unwrap();
    assert_eq!((parcel.county().get(), parcel.is_state_owned()), (410_183, true));
    assert!(refused::<ParcelCode>("410183001009KB00001").contains("G(国家所有)"));
    assert!(refused::<ParcelCode>("410183001009GK00001").contains("第 14 位"));
    assert!(refused::<ParcelCode>("41018300100AGB00001").contains("第 12 位"));
    assert!(refused::<ParcelCode>("410183001009GB0000A").contains("第 19 位"));
}

#[test]
fn a_unit_code_is_a_parcel_and_its_fixture() {
    let unit: UnitCode = "320802001009GB00001W00000000".parse().unwrap();
    assert_eq!(unit.parcel().as_str(), "320802001009GB00001");
    assert!("320802001009GB00001F00010001".parse::<UnitCode>().is_ok());
    assert!(refused::<UnitCode>("320802001009GB00001W00000001").contains("全为 0"));
    assert!(refused::<UnitCode>("320802001009GB00001X00000001").contains("第 20 位"));
}

#[test]
fn a_supervision_number_is_checked_loosely() {
    for number in ["4101832023B00123", "4101832023B00123-2", "4101832019C000456"] {
        assert_eq!(number.parse::<SupervisionNumber>().unwrap().as_str(), number);
    }
    for number in ["410183", "ABCDEF2023B00123", "4101832023b00123", "4101832023 B0012", ""] {
        assert!(number.parse::<SupervisionNumber>().is_err(), "{number:?}");
    }
}

#[test]
fn an_industry_code_is_known_by_its_division() {
    for (written, kept, division) in
        [("C3484", "C3484", "通用设备制造业"), ("34", "C34", "通用设备制造业"), ("G599", "G599", "装卸搬运和仓储业")]
    {
        let code: IndustryCode = written.parse().unwrap();
        assert_eq!((code.as_str(), code.division_name()), (kept, division));
    }
    assert!(refused::<IndustryCode>("A3484").contains("门类 C"));
    assert!(refused::<IndustryCode>("C99").contains("99"));
    assert!(refused::<IndustryCode>("C3").contains("2 至 4 位"));
    assert!(refused::<IndustryCode>("C34845").contains("2 至 4 位"));
}
