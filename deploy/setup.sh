# Sourced by run and verify: finds a JDK and Maven, and installs what is missing (Debian, Ubuntu).
# shellcheck shell=bash

# A bare system has no locale, and then Java cannot name files that are not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints the major version of the JDK or JRE in a folder; nothing if there is none.
java_major() {
  local version=
  [ -x "$1/bin/java" ] || return 0
  [ ! -r "$1/release" ] || version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$1/release")
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9.]*\).*/\1/p' | head -n 1)
  version=${version#1.}
  printf '%s\n' "${version%%.*}"
}

# Prints each JDK's folder, once, in the order of preference.
all_jdks() {
  local home javac
  {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    if javac=$(command -v javac); then
      dirname "$(dirname "$(readlink -f "$javac")")"
    fi
    for home in /usr/lib/jvm/*; do
      printf '%s\n' "$home"
    done
  } | while IFS= read -r home; do
    if [ -x "$home/bin/javac" ]; then
      readlink -f "$home"
    fi
  done | awk '!seen[$0]++'
}

# Prints the first JDK that is new enough; nothing if there is none.
find_jdk() {
  local home
  while IFS= read -r home; do
    if [ "$(java_major "$home")" -ge 17 ] 2>/dev/null; then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(all_jdks)
}

# Prints the newest JDK of another major version than the given one; nothing if there is none.
find_other_jdk() {
  local home major mine best=0 found=
  mine=$(java_major "$1")
  while IFS= read -r home; do
    major=$(java_major "$home")
    if [ "$major" -ge 17 ] && [ "$major" -ne "$mine" ] && [ "$major" -gt "$best" ]; then
      best=$major
      found=$home
    fi
  done < <(all_jdks)
  printf '%s\n' "$found"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "Installing needs root: run '$*' as root, then start again."
  fi
}

apt_updated=
# Installs the first of the named packages that exists here.
install_one_of() {
  local package log
  command -v apt-get >/dev/null || die "Missing: one of $*. Install it (this system has no apt-get), then start again."
  if [ -z "$apt_updated" ]; then
    as_root apt-get -q -q update || say "The package lists could not be refreshed; going on with the old ones."
    apt_updated=yes
  fi
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      say "Installing $package ..."
      log=$(mktemp)
      if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$package" \
        >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
      fi
      tail -n 20 "$log" >&2
      die "Installing $package failed; the whole log is $log."
    fi
  done
  die "None of these packages exists here: $*. Install JDK 17 or newer and Maven by hand, then start again."
}

# Tests start their own: what a package that was installed just now has started goes again.
end_services() {
  [ -d /run/systemd/system ] || return 0
  as_root systemctl disable --now "$@" >/dev/null 2>&1 || true
}

# Sets JAVA_HOME to a JDK that is new enough.
need_jdk() {
  local home
  home=$(find_jdk)
  if [ -z "$home" ]; then
    say "No JDK 17 or newer found."
    install_one_of openjdk-17-jdk-headless default-jdk-headless
    home=$(find_jdk)
    [ -n "$home" ] || die "The JDK was installed, but is not in /usr/lib/jvm. Set JAVA_HOME, then start again."
  fi
  export JAVA_HOME=$home
}

need_maven() {
  command -v mvn >/dev/null || {
    say "No Maven found."
    install_one_of maven
  }
}

# The console is tested in a real browser, driven by its own driver.
need_browser() {
  command -v chromedriver >/dev/null || {
    say "No Chromium driver found."
    install_one_of chromium-driver chromium-chromedriver
  }
}

# Providers' official SDKs for Node are driven against the gateway.
need_node() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p')
  [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null || {
    say "No Node 20 or newer with npm found."
    command -v node >/dev/null || install_one_of nodejs
    command -v npm >/dev/null || install_one_of npm
    major=$(node --version | sed -n 's/^v\([0-9]*\)\..*/\1/p')
    [ "$major" -ge 20 ] || die "Node is version $major; the SDKs need 20 or newer. Install it, then start again."
  }
}

# Alert rules and dashboards are tried with a real Prometheus and its promtool.
need_prometheus() {
  { command -v prometheus && command -v promtool; } >/dev/null || {
    say "No Prometheus found."
    install_one_of prometheus
    end_services prometheus prometheus-node-exporter
  }
}

# The commands of docs/production.md for copies of a ledger are carried out, and deploy/bench/run is.
need_programs() {
  local tool
  for tool in curl jq; do
    command -v $tool >/dev/null || install_one_of $tool
  done
  command -v sqlite3 >/dev/null || {
    say "No sqlite3 found."
    install_one_of sqlite3
  }
  { compgen -G '/usr/lib/postgresql/*/bin/pg_dump' && compgen -G '/usr/lib/postgresql/*/bin/initdb'; } >/dev/null || {
    say "No PostgreSQL with its programs found."
    install_one_of postgresql
    end_services postgresql
  }
}
