//! Documents on their way out of a command.

use std::io::{IsTerminal as _, Write as _};

use anyhow::{Context as _, bail};
use manara_document::{Document, Form, Printer};
use manara_web::Lang;

use crate::cli::Print;

/// The form and the language that were typed.
pub fn asked(print: &Print) -> anyhow::Result<(Form, Lang)> {
    let lang = &print.lang;
    let lang = Lang::parse(lang).with_context(|| format!("{lang} is no language; expected en, ar or fr"))?;
    let form = &print.format;
    let form = Form::parse(form).with_context(|| format!("{form} is no format; expected pdf, docx, html or md"))?;
    Ok((form, lang))
}

/// Prints into the file, which is there as a whole or not at all; without one to standard output.
pub fn write(printer: &Printer, document: &Document, form: Form, print: &Print) -> anyhow::Result<()> {
    let is_binary = matches!(form, Form::Pdf | Form::Docx);
    if print.out.is_none() && is_binary && std::io::stdout().is_terminal() {
        bail!("{} is nothing for a terminal; name a file with --out", form.name());
    }
    let bytes = tokio::task::block_in_place(|| printer.print(document, form))?;
    match &print.out {
        Some(path) => {
            let path = std::path::absolute(path)?;
            manara_store::write_durably(&path, |file| file.write_all(&bytes))
                .with_context(|| path.display().to_string())?;
        }
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(())
}
