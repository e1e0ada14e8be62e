//! What `serve` serves and works with: replaced as a whole when the configuration changes, without a restart.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;
use manara_net::Mailer;
use manara_web::{Replaceable, Shell};

use crate::commands::site;
use crate::config::Config;
use crate::house::House;

/// The house as it is configured now.
#[derive(Clone)]
pub struct Now {
    /// The house.
    pub house: House,
    /// Who sends its mail.
    pub mailer: Arc<Mailer>,
}

/// What is served and worked with.
pub struct Serving {
    shell: Arc<Shell>,
    front: Replaceable,
    now: ArcSwap<Now>,
    reload: Reload,
    /// Those who change the configuration at once take turns, so that the last file read is the one that holds.
    turn: tokio::sync::Mutex<()>,
}

impl Serving {
    /// Makes the pages of a house.
    pub async fn begin(house: House, shell: Arc<Shell>) -> anyhow::Result<Arc<Serving>> {
        let mailer = Arc::new(Mailer::new(&house.config.mail)?);
        let reload = Reload::default();
        let router = shell.router(site(&house, &mailer, &reload).await?);
        let now = ArcSwap::from_pointee(Now { house, mailer });
        let serving = Arc::new(Serving {
            shell,
            front: Replaceable::new(router),
            now,
            reload,
            turn: tokio::sync::Mutex::default(),
        });
        let weak = Arc::downgrade(&serving);
        let _ = serving.reload.0.set(Box::new(move || {
            let weak = weak.clone();
            Box::pin(async move {
                match weak.upgrade() {
                    Some(serving) => serving.read_again().await,
                    None => Ok(()),
                }
            })
        }));
        Ok(serving)
    }

    /// What is served.
    pub fn router(&self) -> axum::Router {
        self.front.router()
    }

    /// The house as it is configured now.
    pub fn now(&self) -> Arc<Now> {
        self.now.load_full()
    }

    /// Reads `cirt.toml` again; when something is wrong with it, everything stays as it is.
    async fn read_again(&self) -> anyhow::Result<()> {
        let _turn = self.turn.lock().await;
        let before = self.now();
        let house = before.house.with_config(Config::read(&before.house.data)?);
        let mailer = Arc::new(Mailer::new(&house.config.mail)?);
        let usual = house.config.nation.usual()?;
        let router = self.shell.router(site(&house, &mailer, &self.reload).await?);
        self.shell.set_usual(usual);
        self.now.store(Arc::new(Now { house, mailer }));
        self.front.replace(router);
        tracing::info!("the configuration was read again");
        Ok(())
    }
}

/// How a page lets a changed configuration hold. Without a server behind it, as in tests, it does nothing.
#[derive(Clone, Default)]
pub struct Reload(Arc<OnceLock<ReadAgain>>);

type ReadAgain = Box<dyn Fn() -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>> + Send + Sync>;

impl Reload {
    /// Reads the configuration again.
    pub async fn read_again(&self) -> anyhow::Result<()> {
        match self.0.get() {
            Some(read_again) => read_again().await,
            None => Ok(()),
        }
    }
}
