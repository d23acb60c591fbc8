# Odoo 19.0 itself: ODOO_SRC, else Debian's package (signed, and pinned by hash),
# else the official branch by git. Each is checked by the same odoo_is_right.
odoo_deb_version=19.0.0+dfsg-1
odoo_deb_sha256=9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf
# its links into /usr/share; from trixie, since sid's newer fonts left Odoo's icons dangling
odoo_shared="libjs-jquery libjs-underscore libjs-jquery-form fonts-font-awesome fonts-roboto-unhinted
  fonts-inconsolata fonts-montserrat fonts-ocr-b"

install_odoo() {
  local want="${ODOO_SRC:-$odoo_deb_version} $("$venv/bin/python" -V) layout 1"
  site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  [ "$(cat "$venv/.odoo" 2>/dev/null)" = "$want" ] && return
  [ -z "${ODOO_SRC:-}" ] || [ -f "$ODOO_SRC/odoo/release.py" ] || die "ODOO_SRC=$ODOO_SRC is no checkout of Odoo: $ODOO_SRC/odoo/release.py is missing"
  rm -rf "$venv/.odoo" "$site"/odoo "$site"/odoo-19.0.dist-info "$site"/odoo-source.pth
  if [ -n "${ODOO_SRC:-}" ]; then
    odoo_from_source "$ODOO_SRC" ||
      die "ODOO_SRC=$ODOO_SRC cannot be used (see above): check out Odoo's branch 19.0 there, or unset ODOO_SRC"
  elif ! odoo_from_debian; then
    say "Debian's package of Odoo could not be used; trying git"
    odoo_from_git || die "no Odoo 19.0 to be had: clone its branch 19.0 somewhere and set ODOO_SRC to that folder"
  fi
  say "$("$venv/bin/odoo" --version)"
  # compiled once: a start that compiles all of Odoo takes some seconds more, each time
  "$venv/bin/python" -m compileall -q -j 0 "$site/odoo" >/dev/null 2>&1 || true
  echo "$want" > "$venv/.odoo"
}

odoo_is_right() {
  "$venv/bin/python" - <<'P' >&2
import importlib.metadata, os.path
import odoo.addons, odoo.release
assert odoo.release.version_info[:2] == (19, 0), "this is Odoo " + odoo.release.version
assert importlib.metadata.version("odoo").startswith("19.0"), "not known to Python as odoo 19.0"
assert any(os.path.isfile(p + "/base/__manifest__.py") for p in odoo.addons.__path__), "the addon base is missing"
P
}

odoo_from_source() {   # odoo_from_source FOLDER
  (cd "$1" && pwd) > "$site/odoo-source.pth"
  odoo_command "a source tree"
  odoo_is_right
}

odoo_from_git() {
  local from=${ODOO_GIT:-https://github.com/odoo/odoo.git} into=$var/odoo-source
  command -v git >/dev/null || { say "no git here (as root: apt-get install git)"; return 1; }
  [ -d "$into/.git" ] || git clone -q --depth 1 --branch 19.0 "$from" "$into" || { rm -rf "$into"; say "$from could not be cloned"; return 1; }
  odoo_from_source "$into"
}

odoo_from_debian() {
  local deb=$var/debs/odoo-19_${odoo_deb_version}_all.deb package shared=()
  for package in $odoo_shared; do shared+=("$package/trixie"); done
  if ! [ -f "$deb" ] || ! have_shared; then
    apt_private "odoo-19=$odoo_deb_version" "${shared[@]}" || return
  fi
  echo "$odoo_deb_sha256  $deb" | sha256sum -c --quiet - >&2 || { rm -f "$deb"; say "$deb is not the pinned one"; return 5; }
  say "unpacking Odoo"
  # The environment stands where /usr would, so that the package's relative links
  # resolve. Only two languages are kept: all of them are 800 MB.
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$site" --strip-components=5 --no-same-owner --wildcards \
    --exclude='*.pot' --exclude='*/i18n/[!z]*.po' --exclude='*/i18n/zh_[!C]*.po' './usr/lib/python3/dist-packages/odoo' || return
  for package in $odoo_shared; do
    dpkg-deb --fsys-tarfile "$(newest "$var/debs/${package}"_*.deb)" |
      tar -x -C "$venv" --strip-components=2 --no-same-owner ./usr/share || return
  done
  # absent from Debian's build, asked for by the web client: only the blur of a video's background
  local selfie=$site/odoo/addons/mail/static/lib/selfie_segmentation
  mkdir -p "$selfie"
  [ -f "$selfie/selfie_segmentation.js" ] || echo '/* not part of this build */' > "$selfie/selfie_segmentation.js"
  odoo_command "Debian's odoo-19 $odoo_deb_version"
  odoo_is_right
}

have_shared() {
  local package
  for package in $odoo_shared; do newest "$var/debs/${package}"_*.deb >/dev/null || return; done
}

odoo_command() {   # odoo_command ORIGIN: the command, and what pip wants to know of an installed package
  local info=$site/odoo-19.0.dist-info
  mkdir -p "$info"
  printf 'Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\nSummary: %s\n' "$1" > "$info/METADATA"
  printf 'Wheel-Version: 1.0\nGenerator: setup\nRoot-Is-Purelib: true\nTag: py3-none-any\n' > "$info/WHEEL"
  echo setup > "$info/INSTALLER"
  : > "$info/RECORD"
  printf '#!%s\nimport odoo.cli\n\nodoo.cli.main()\n' "$venv/bin/python" > "$venv/bin/odoo"
  chmod 755 "$venv/bin/odoo"
}
