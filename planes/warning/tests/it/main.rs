//! The plane against real databases and a real mail server.

mod house;
mod letters_leave;
mod life;
mod smtp;
