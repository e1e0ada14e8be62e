# Where the things lie that tests need beyond Rust; sourced by setup and test.

# Prints the path of the first of the named programs, on PATH or in the folders that follow `--`.
find_program() {
    local names=() name folder
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        names+=("$1")
        shift
    done
    [ $# -gt 0 ] && shift
    for name in "${names[@]}"; do
        if command -v "$name" 2>/dev/null; then
            return 0
        fi
        for folder in "$@"; do
            if [ -x "$folder/$name" ]; then
                printf '%s\n' "$folder/$name"
                return 0
            fi
        done
    done
    return 1
}

# The server programs are rarely on PATH; the newest version wins.
postgres_folders() {
    local folder
    for folder in /usr/local/bin /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin; do
        [ -d "$folder" ] && printf '%s\n' "$folder"
    done | sort -Vr
}

find_postgres() {
    local folders
    mapfile -t folders < <(postgres_folders)
    find_program "$1" -- "${folders[@]}"
}

find_chromium() {
    find_program chromium chromium-browser google-chrome google-chrome-stable -- /usr/lib/chromium /snap/bin
}

find_chromedriver() {
    find_program chromedriver chromium.chromedriver -- /usr/lib/chromium /usr/lib/chromium-browser /snap/bin
}

find_postfix() {
    find_program postfix -- /usr/sbin /usr/local/sbin
}

# A mailbox server, and its part that speaks IMAP.
find_dovecot() {
    [ -x /usr/lib/dovecot/imap ] && find_program dovecot -- /usr/sbin /usr/local/sbin
}

# A Python that can check signatures of mail; what Debian packages is seen by Debian's alone.
find_dkim() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -c 'import dkim, nacl' 2>/dev/null && echo "$python" && return 0
    done
    return 1
}

# A program of Python's own world, in an environment that scripts/setup makes.
find_schemathesis() {
    find_program schemathesis -- "$PWD/target/schemathesis/bin"
}

# The checker of accessibility: one file, fetched by scripts/setup.
find_axe() {
    local file=$PWD/target/axe/axe_playwright_python/axe.min.js
    [ -f "$file" ] && echo "$file"
}

has_arabic_font() {
    if command -v fc-list >/dev/null; then
        fc-list :lang=ar family | grep -q .
    else
        find /usr/share/fonts /usr/local/share/fonts -name '*Arabic*' 2>/dev/null | grep -q .
    fi
}
