//! Content built into the binary, and the folder that overrides it.

use std::path::Path;

use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use manara_formats::Feed;

static FEEDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../content/feeds");

/// The feeds by mapping files: the built-in ones, then those of `folder/feeds`, which win by name. A file that can't be read
/// is told in the log and left out.
pub fn feeds(folder: Option<&Path>) -> anyhow::Result<Vec<Feed>> {
    let mut feeds: Vec<Feed> = Vec::new();
    for file in FEEDS.files().filter(|file| is_mapping(file.path())) {
        let name = file.path().display().to_string();
        let text = file.contents_utf8().with_context(|| format!("{name} is not UTF-8"))?;
        feeds.push(Feed::from_yaml(&name, text)?);
    }
    let Some(folder) = folder.map(|folder| folder.join("feeds")).filter(|folder| folder.is_dir()) else {
        return Ok(feeds);
    };
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if !is_mapping(&path) {
            continue;
        }
        let name = path.display().to_string();
        let read = std::fs::read_to_string(&path)
            .map_err(anyhow::Error::from)
            .and_then(|text| Ok(Feed::from_yaml(&name, &text)?));
        match read {
            Ok(feed) => {
                feeds.retain(|known| known.name != feed.name);
                feeds.push(feed);
            }
            Err(error) => tracing::error!(file = name, %error, "feed left out"),
        }
    }
    Ok(feeds)
}

/// Whether a file is a mapping in force; one whose name begins with `_` is an example to copy.
fn is_mapping(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with(".yaml") && !name.starts_with('_')
}
