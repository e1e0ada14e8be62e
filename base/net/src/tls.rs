//! Whom encryption trusts, and by what it is trusted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{Error as PemError, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

/// Where systems keep the authorities they trust.
const ROOTS: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Why encryption cannot be set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// A file is not there, or holds something else.
    #[error("{0}: {1}")]
    File(PathBuf, PemError),
    /// Certificate and key do not belong together, or are of a kind that is not known.
    #[error("{0}")]
    Setup(#[from] rustls::Error),
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let wrong = |error| TlsError::File(path.to_path_buf(), error);
    Ok(CertificateDer::pem_file_iter(path).map_err(wrong)?.flatten().collect())
}

/// Calls out: with the authorities of the system, and those of a file beside them.
pub(crate) fn client(extra_root_file: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    let system = ROOTS.iter().map(Path::new).find(|path| path.is_file());
    for path in system.into_iter().chain(extra_root_file) {
        for certificate in certificates(path)? {
            // One that cannot be used is passed over, as the system does.
            let _ = roots.add(certificate);
        }
    }
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

/// Is called: with a chain of certificates and the key of the first, in PEM.
pub(crate) fn server(certificate_file: &Path, key_file: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = certificates(certificate_file)?;
    if chain.is_empty() {
        return Err(TlsError::File(certificate_file.to_path_buf(), PemError::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_file(key_file).map_err(|error| TlsError::File(key_file.to_path_buf(), error))?;
    let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(Arc::new(builder.with_no_client_auth().with_single_cert(chain, key)?))
}
