# shellcheck shell=sh
# A machine of one's own for a test: namespaces for mounts, processes, network
# and names, in which files, folders and ports take the place of the
# machine's.  Nothing of the machine is changed, and all of it is gone, with
# every process in it, when the script that made it ends.  To be dotted by a
# script that becomes root here, with ROOT set to the top of the project.
#
# M is the folder for what the test makes; it is in memory.

: "${ROOT:?}"
M=/mnt

die() {
	d_dir=${0%/*}
	echo "${d_dir##*/}: $*" >&2
	exit 1
}

### Outside

# needs FILE...: what is not there fails with a sentence.
needs() {
	for n_p; do
		[ -e "$n_p" ] || die "$n_p is not there (tools/packages check)"
	done
}

# be_root SCRIPT ARG...: an ordinary user goes through sudo.
be_root() {
	[ "$(id -u)" != 0 ] || return 0
	sudo -n true 2>/dev/null || die "this suite makes users and" \
	    "mounts: call it as root, or call 'sudo -v' before"
	exec sudo -n setpriv --pdeathsig TERM "$@"
}

# In a chroot / is no mount point, and cannot be made private.
propagation() {
	unshare -m --propagation private true 2>/dev/null &&
	    echo private || echo unchanged
}

# own_machine OPTION... COMMAND...: runs it as process 1 of namespaces of its
# own; unshare's options may name more of them.
own_machine() {
	om_how=$(propagation)
	unshare -m -n -p -f --mount-proc --propagation "$om_how" true ||
	    die "this place allows no namespaces for mounts, processes and" \
	    "network, even to root (in a container: CAP_SYS_ADMIN)"
	# unshare takes no signal but KILL, and all within it dies with it;
	# it dies with this shell.
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	setpriv --pdeathsig KILL unshare -m -n -p -f --kill-child \
	    --mount-proc --propagation "$om_how" "$@" &
	wait $!
}

### Inside

# own_folder OPTION...: mounts M, which must not be seen outside.
own_folder() {
	mount "$@" "$M"
	if grep " $M .* shared:" /proc/self/mountinfo; then
		umount -R "$M"
		die "mounts made here would be seen outside (a chroot on a" \
		    "shared mount); nothing was done"
	fi
}

# The checkout, in $M/offhook, without its build; ROOT is there now.
own_checkout() {
	mkdir "$M/offhook"
	tar -C "$ROOT" -cf - --exclude=./.git --exclude=./build . |
	    tar -C "$M/offhook" -xf -
	ROOT=$M/offhook
	mkdir "$ROOT/build"
	cd "$M" || exit
}

empty() { # folder, mode
	mkdir -p "$1"
	mount -t tmpfs -o "mode=$2" tmpfs "$1"
}

# lo is down in a new network.
loopback_up() {
	perl -MSocket -e 'socket(my $s, AF_INET, SOCK_DGRAM, 0) or die $!;
	    my $r = pack("a16s x14", "lo", 0x49);	# IFF_UP, IFF_RUNNING
	    ioctl($s, 0x8914, $r) or die "SIOCSIFFLAGS: $!\n"'
}

as() { # user, command...
	as_user=$1
	shift
	setpriv --reuid="$as_user" --regid="$as_user" --init-groups "$@"
}

# A CA in $M/tls/NAME.pem, and certificates by it.
ca_make() { # name
	mkdir -p "$M/tls"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
	    -nodes -days 365 -subj "/CN=$1" -keyout "$M/tls/$1.key" \
	    -out "$M/tls/$1.pem" 2>/dev/null
}

certificate() { # host, owner
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	    -subj "/CN=$1" -addext "subjectAltName=DNS:$1" \
	    -keyout "$M/tls/$1.key" -out "$M/tls/$1.csr" 2>/dev/null
	openssl x509 -req -in "$M/tls/$1.csr" -CA "$M/tls/ca.pem" \
	    -CAkey "$M/tls/ca.key" -CAcreateserial -copy_extensions copy \
	    -days 365 -out "$M/tls/$1.pem" 2>/dev/null
	chmod 600 "$M/tls/$1.key"
	chown "$2:" "$M/tls/$1.key"
}

# db_start SOCKETS: PostgreSQL for db.example.net, TLS on, and on Unix sockets
# in that folder; pg_hba.conf is read from standard input.
db_start() {
	ds_bin=$(find /usr/lib/postgresql/*/bin/initdb | sed 's,/initdb$,,' |
	    sort -t / -k 5n | tail -n 1)
	mkdir "$M/pg"
	chown postgres: "$M/pg"
	cd "$M/pg" || exit
	as postgres "$ds_bin/initdb" -D "$M/pg/data" -A trust -U postgres \
	    -E UTF8 --no-locale -N >"$M/pg/initdb.log"
	cat >>"$M/pg/data/postgresql.conf" <<-END
	listen_addresses = 'db.example.net'
	unix_socket_directories = '$1'
	ssl = on
	ssl_cert_file = '$M/tls/db.example.net.pem'
	ssl_key_file = '$M/tls/db.example.net.key'
	END
	cat >"$M/pg/data/pg_hba.conf"
	as postgres "$ds_bin/pg_ctl" -D "$M/pg/data" -l "$M/pg/log" -w -s start
	cd "$M" || exit
}
