//! Printing: whether documents can be printed as PDF, and the public description of the team.

use manara_document::Printer;

use super::{Findings, Patient};

/// The fonts PDFs are set in.
pub fn fonts(patient: &Patient, findings: &mut Findings) {
    let content = patient.config.content_folder.clone().unwrap_or_else(|| patient.data.join("content"));
    let folder = content.join("fonts");
    let printer = Printer::new(Some(folder.clone()));
    let fonts = printer.fonts();
    let missing = fonts.missing();
    let mend = format!("apt-get install fonts-noto-core, or put a font file into {}", folder.display());
    let found = match (missing.is_empty(), fonts.has_bold()) {
        (true, true) => return findings.ok("PDF fonts", fonts.families().join(", ")),
        (true, false) => "no bold font was found: headings look like text".to_string(),
        (false, _) => {
            format!("no font with {} letters was found: documents can't be printed as PDF", missing.join(", "))
        }
    };
    findings.warn("PDF fonts", found, mend);
}
