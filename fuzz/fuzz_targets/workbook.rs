//! Tables of answers to an assessment, as workbooks and as CSV: `data` as it is, and as the only sheet of a whole workbook, since
//! bytes that are changed inside a packed file seldom reach the XML.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use manara_framework::catalogues::{Catalogue, read_catalogue};
use manara_framework::exchanges::read_answers;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const BOATS: &str = "format: 1\nref_id: boats\nrule: minima\nname: Boats\nscale: [{value: 0, name: No}, {value: 1, name: Yes}]\nitems:\n- {ref_id: H-1, assessable: true, name: Planks}\n- {ref_id: H-2, assessable: true, name: Keel}\n";

fn packed(sheet: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [(&str, &[u8]); 4] = [
        (
            "xl/workbook.xml",
            br#"<workbook xmlns:r="n"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", sheet),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        writer.start_file(name, stored).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn looked_at(catalogue: &Catalogue, bytes: &[u8]) {
    match read_answers(catalogue, bytes) {
        Ok((rows, _)) => assert!(rows.iter().all(|row| catalogue.item(&row.given.item).is_some())),
        Err(why) => assert!(why.reason.chars().count() < 300),
    }
}

fuzz_target!(|data: &[u8]| {
    static CATALOGUE: std::sync::OnceLock<Catalogue> = std::sync::OnceLock::new();
    let catalogue = CATALOGUE.get_or_init(|| read_catalogue("boats.yaml", BOATS).expect("good"));
    looked_at(catalogue, data);
    looked_at(catalogue, &packed(data));
});
