//! Files that are whole or not there.

use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Writes a file so that a crash leaves the old one or the new one: to a temporary name, synced, renamed, folder synced.
pub fn write_durably(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
    write_new(path, |part| File::create(part), write)
}

/// The same for a file that nobody but its owner may read, from its first byte on.
pub fn write_secret(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
    let make = |part: &Path| {
        // What a crash left may be open to others.
        let _ = std::fs::remove_file(part);
        let mut options = File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(part)
    };
    write_new(path, make, write)
}

fn write_new(
    path: &Path,
    make: impl FnOnce(&Path) -> std::io::Result<File>,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let folder = path.parent().ok_or_else(|| std::io::Error::other("the path has no folder"))?;
    std::fs::create_dir_all(folder)?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = folder.join(name);
    let result = (|| {
        let mut file = std::io::BufWriter::with_capacity(1 << 18, make(&part)?);
        write(&mut file)?;
        file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        std::fs::rename(&part, path)?;
        sync_folder(folder)
    })();
    if result.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    result
}

/// Makes a rename or a new file in a folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_secret_is_for_its_owner_whatever_was_there_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        for left in [&path, &folder.path().join("secret.part")] {
            std::fs::write(left, "open to all").expect("written");
        }
        super::write_secret(&path, |file| file.write_all(b"mine")).expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"mine");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
