use proptest::prelude::*;

use super::{GRID_BYTES, GridError, column, decoded, read_grid};

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn book(sheet: &str, texts: &str) -> Vec<u8> {
    packed(&[
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="A" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId7" Type="t" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn a_workbook_is_read_cell_by_cell() {
    let texts = "<sst><si><t>a &lt; b</t></si><si><r><t xml:space=\"preserve\">two </t></r><rPh><t>no</t></rPh><r><t>runs</t></r></si><si/></sst>";
    let sheet = r#"<worksheet><!-- c --><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
        <row><c><v>3.0</v></c><c t="inlineStr"><is><t>in _x000A_line</t></is></c><c t="b"><v>1</v></c><c t="str"><f>1+1</f><v>"x"</v></c><c s="1"/><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>"#;
    let grid = read_grid(&book(sheet, texts)).unwrap();
    assert_eq!(grid[0], (2, vec!["a < b".to_string(), String::new(), "two runs".into()]));
    assert_eq!(grid[1].0, 3);
    assert_eq!(grid[1].1, ["3", "in \nline", "TRUE", "\"x\"", "", ""]);
}

#[test]
fn what_is_damaged_or_hostile_is_told_and_nothing_breaks() {
    for (sheet, texts) in [
        ("<worksheet><row><c><v>1", "<sst/>"),
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>", "<sst/>"),
        ("<worksheet><row><c t=\"str\"><v>&nosuch;</v></c></row></worksheet>", "<sst/>"),
        ("<worksheet/>", "<sst><si><t>"),
    ] {
        assert!(matches!(read_grid(&book(sheet, texts)), Err(GridError::Damaged(_))), "{sheet} {texts}");
    }
    assert!(matches!(read_grid(&packed(&[("a", "b")])), Err(GridError::Damaged(_))));
    assert_eq!(read_grid(b"PK\x03\x04 and nothing"), Err(GridError::Damaged("its packing".into())));
    assert_eq!(read_grid(&vec![b'x'; GRID_BYTES + 1]), Err(GridError::TooLarge));
    assert_eq!(read_grid(b"a,b\n\xff\xfe"), Err(GridError::Unknown));
}

#[test]
fn one_long_text_in_many_cells_and_the_last_of_all_lines_break_nothing() {
    let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(60));
    let many = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(60));
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(40_000));
    assert_eq!(read_grid(&book(&many, &long)), Err(GridError::TooLarge), "3,600 cells of 32,767 characters");
    let short = read_grid(&book(&many, "<sst><si><t>x</t></si></sst>")).unwrap();
    assert_eq!((short.len(), short[59].1.len()), (60, 60));
    let last =
        r#"<worksheet><row r="18446744073709551615"><c><v>1</v></c></row><row><c><v>2</v></c></row></worksheet>"#;
    let lines: Vec<u64> = read_grid(&book(last, "<sst/>")).unwrap().into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [u64::MAX, u64::MAX]);
}

#[test]
fn csv_is_read_with_any_of_the_three_separators() {
    for text in ["item,level\nH-1,3\n", "item;level\nH-1;3\n", "\u{feff}item\tlevel\r\nH-1\t3\r\n"] {
        let grid = read_grid(text.as_bytes()).unwrap();
        assert_eq!(grid[1], (2, vec!["H-1".to_string(), "3".into()]), "{text}");
    }
}

#[test]
fn addresses_and_codes_are_read() {
    assert_eq!((column("A1"), column("Z9"), column("AA1"), column("1")), (Some(0), Some(25), Some(26), None));
    assert_eq!(decoded("a_x005F_x000D_b_x00e9__xZZ"), "a_x000D_bé_xZZ");
}

/// A text as XML holds it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    #[test]
    fn what_stands_in_the_cells_is_read_and_nothing_else(
        rows in prop::collection::vec(prop::collection::vec("[a-zé ا<>&\"']{0,6}", 1..6), 1..6),
        is_shared in any::<bool>(),
    ) {
        let mut texts = String::new();
        let mut sheet = String::new();
        let mut count = 0;
        for row in &rows {
            sheet.push_str("<row>");
            for text in row {
                let text = escaped(text);
                if is_shared {
                    texts.push_str(&format!("<si><t xml:space=\"preserve\">{text}</t></si>"));
                    sheet.push_str(&format!("<c t=\"s\"><v>{count}</v></c>"));
                    count += 1;
                } else {
                    sheet.push_str(&format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
                }
            }
            sheet.push_str("</row>");
        }
        let read = read_grid(&book(&format!("<worksheet>{sheet}</worksheet>"), &format!("<sst>{texts}</sst>"))).unwrap();
        let read: Vec<Vec<String>> = read.into_iter().map(|(_, row)| row).collect();
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300), xml in "[<>/&;a-z\"' =!?\\[\\]-]{0,120}") {
        let _ = read_grid(&bytes);
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        let _ = read_grid(&zip);
        let _ = read_grid(&book(&xml, "<sst/>"));
        let _ = read_grid(&book("<worksheet/>", &xml));
    }
}
