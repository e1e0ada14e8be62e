//! Keys and mail against GnuPG, and against what nobody should send.

mod gnupg;
mod hostile;
