# Debian packages without touching the system: the mirror and proxy of this
# machine's apt, but lists, keys and pins of our own. Works as any user.

debian_mirror() {
  if [ -n "${DEBIAN_MIRROR:-}" ]; then echo "$DEBIAN_MIRROR"; return; fi
  # --no-release-info: without it a machine that never ran "apt-get update" prints nothing
  apt-get indextargets --no-release-info --format '$(REPO_URI) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    awk '$2 == "main" && $1 ~ /\/debian\/?$/ { print $1; exit }'
}

apt_private() {   # apt_private PACKAGE[=VERSION][/SUITE]... -> the signed .deb files in $var/debs
  local dir=$var/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror suite options
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { say "no apt-get here"; return 3; }
  [ -r "$keyring" ] || { say "no $keyring: Debian packages could not be checked (as root: apt-get install debian-archive-keyring)"; return 3; }
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { say "this machine's apt names no Debian mirror: set DEBIAN_MIRROR"; return 3; }
  mkdir -p "$dir"/{none,state/lists/partial,cache/archives/partial} "$var/debs"
  for suite in $(printf "%s\n" sid trixie ${apt_suite:-} | sort -u); do echo "deb [signed-by=$keyring] $mirror $suite main"; done > "$dir/sources.list"
  : > "$dir/status"
  options=(-q -o APT::Sandbox::User= -o Acquire::Retries=3 -o Acquire::Languages=none
    -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false -o APT::Update::Error-Mode=any
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts="$dir/none"
    -o Dir::Etc::trusted=/dev/null -o Dir::Etc::trustedparts="$dir/none"
    -o Dir::State="$dir/state" -o Dir::State::status="$dir/status" -o Dir::Cache="$dir/cache" -o Dir::Log="$dir")
  if [ -z "$(find "$dir/state/lists" -maxdepth 1 -name "*${apt_suite:-}*Packages*" -mmin -720)" ]; then
    apt-get "${options[@]}" update >&2 || return 4
  fi
  (cd "$var/debs" && apt-get "${options[@]}" download "$@" >&2) || return 4
}

missing_tools() {   # names what tours, printing, uploads and Chinese texts want and this machine lacks
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium
  "$venv/bin/python" -c 'import magic' 2>/dev/null || echo libmagic1
  [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \
    \( -iname 'NotoSansCJK*' -o -iname 'wqy-*' -o -iname 'SourceHan*' \) 2>/dev/null | head -1)" ] || echo fonts-noto-cjk
}

install_tools() {   # brings them where it can, says what is missing where it cannot
  local missing
  missing=$(missing_tools)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -z "${NO_APT:-}" ]; then
    say "apt-get install" $missing
    { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing ||
      { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; }
    } > "$var/apt-get.log" 2>&1 || say "apt-get failed: see $var/apt-get.log"
    missing=$(missing_tools)
  fi
  case $missing in *chromium*) say "no chromium: PDF is not printed and browser tests are left out (as root: apt-get install chromium)";; esac
  case $missing in *libmagic*) say "no libmagic: the kind of an uploaded file is guessed from fewer signs (as root: apt-get install libmagic1)";; esac
  case $missing in *fonts*) say "no Chinese font: Chinese texts in PDF and screenshots are empty boxes (as root: apt-get install fonts-noto-cjk)";; esac
}

find_nginx() {   # sets $nginx: this machine's, else the one of its own Debian release, unpacked into $var/nginx
  local apt_suite package
  nginx=$(PATH=$PATH:/usr/sbin command -v nginx) && return
  nginx=$var/nginx/usr/sbin/nginx
  [ -x "$nginx" ] && "$nginx" -v 2>/dev/null && return
  apt_suite=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}")
  [ -n "$apt_suite" ] && apt_private "nginx/$apt_suite" "nginx-common/$apt_suite" || return
  mkdir -p "$var/nginx"
  for package in nginx nginx-common; do dpkg-deb -x "$(newest "$var/debs/${package}"_*.deb)" "$var/nginx" || return; done
  "$nginx" -v 2>/dev/null
}
