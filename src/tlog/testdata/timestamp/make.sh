#!/bin/sh
# Makes every file of this folder anew with openssl 3. Answers (.tsr) come from `openssl ts`, tokens (.tok) that no
# authority would give from `openssl cms`. The tests know the fixed nonce, and the times of the .tok files alone.
set -eu
out=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > conf <<'C'
[req]
distinguished_name=dn
prompt=no
string_mask=utf8only
[dn]
CN=x
[ca]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
[stamps]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
[lax]
basicConstraints=critical,CA:false
extendedKeyUsage=timeStamping
[two]
basicConstraints=critical,CA:false
extendedKeyUsage=critical,timeStamping,clientAuth
[client]
basicConstraints=critical,CA:false
extendedKeyUsage=critical,clientAuth
[tsa]
default_tsa=t
[t]
serial=serial
default_policy=1.3.6.1.4.1.55555.1
digests=sha256
accuracy=secs:1
ess_cert_id_chain=no
C
sed 's/ess_cert_id_chain=no/&\ness_cert_id_alg=sha1/' conf > conf_v1
echo 01 > serial

key() { # NAME rsa|CURVE
  if [ "$2" = rsa ]; then openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1.key"
  else openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" -out "$1.key"; fi
}
root() { # NAME SUBJECT
  key "$1" P-256
  openssl req -new -x509 -config conf -extensions ca -key "$1.key" -subj "$2" -days 36500 -out "$1.pem"
  openssl x509 -in "$1.pem" -outform der -out "$out/$1.der"
}
issue() { # NAME KIND ISSUER EXTENSIONS SUBJECT
  [ -f "$1.key" ] || key "$1" "$2"
  openssl req -new -utf8 -config conf -key "$1.key" -subj "$5" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -set_serial "${6:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}" \
    -days "${7:-36400}" -extfile conf -extensions "$4" -out "$1.pem" 2>/dev/null
}
root root '/CN=Test root'
root other '/CN=Other root'
issue middle P-256 root ca '/CN=Test intermediate'
issue ecdsa P-256 root stamps '/O=Exemple SA/CN=Autorité de test' 4242
issue p384 P-384 root stamps '/CN=Test TSA P-384'
issue rsa rsa middle stamps '/CN=Test TSA RSA'
for purpose in lax two client; do issue $purpose P-256 root $purpose "/CN=$purpose"; done
cp ecdsa.key twin.key
issue twin P-256 root stamps '/O=Exemple SA/CN=Autorité de test' 4242 36300

printf 'hello\n' > data
imprint=$(openssl dgst -sha256 -r data | cut -c1-64)
query() { # NAME CERTREQ
  printf 'asn1=SEQUENCE:q\n[q]\nv=INTEGER:1\ni=SEQUENCE:i\nn=INTEGER:0x8123456789ABCDEF\nc=BOOLEAN:%s\n[i]\na=SEQUENCE:a\nd=FORMAT:HEX,OCTETSTRING:%s\n[a]\no=OID:2.16.840.1.101.3.4.2.1\nn=NULL\n' "$2" "$imprint" > q.conf
  openssl asn1parse -noout -genconf q.conf -out "$1"
}
query q.tsq TRUE
query bare.tsq FALSE
openssl ts -query -data data -sha1 -out sha1.tsq 2>/dev/null
answer() { # NAME QUERY SIGNER DIGEST CONF [OTHERS]
  openssl ts -reply -config "$5" -queryfile "$2" -signer "$3.pem" -inkey "$3.key" "-$4" ${6:+-chain "$6"} \
    -out "$out/$1.tsr" 2>/dev/null
}
answer ecdsa q.tsq ecdsa sha256 conf
answer p384 q.tsq p384 sha384 conf
for digest in sha256 sha384 sha512; do answer "rsa_$digest" q.tsq rsa $digest conf middle.pem; done
answer ess_v1 q.tsq ecdsa sha256 conf_v1
answer no_certificate bare.tsq ecdsa sha256 conf
answer rejected sha1.tsq ecdsa sha256 conf

stamp() { # NAME VERSION DIGEST_OID TIME CRITICAL
  printf 'asn1=SEQUENCE:t\n[t]\nv=INTEGER:%s\np=OID:1.3.6.1.4.1.55555.1\ni=SEQUENCE:i\ns=INTEGER:0xABCD\nt=GENTIME:%s\ne=IMP:1,SEQUENCE:es\n[i]\na=SEQUENCE:a\nd=FORMAT:HEX,OCTETSTRING:%s\n[a]\no=OID:%s\n[es]\ne=SEQUENCE:e\n[e]\no=OID:1.3.6.1.4.1.55555.2\nc=BOOLEAN:%s\nv=FORMAT:HEX,OCTETSTRING:0500\n' \
    "$2" "$4" "$imprint" "$3" "$5" > "$1.conf"
  openssl asn1parse -noout -genconf "$1.conf" -out "$1.der"
}
sha256=2.16.840.1.101.3.4.2.1
stamp plain 1 $sha256 20300131235959.5Z FALSE
stamp version 2 $sha256 20300131235959Z FALSE
stamp algorithm 1 2.16.840.1.101.3.4.2.8 20300131235959Z FALSE
stamp too_early 1 $sha256 20200131235959Z FALSE
stamp too_late 1 $sha256 21990131235959Z FALSE
stamp critical 1 $sha256 20300131235959Z TRUE
sign() { # NAME CONTENT OPTIONS…
  name=$1 content=$2; shift 2
  openssl cms -sign -binary -nodetach -nosmimecap -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4 \
    -in "$content.der" -outform der -out "$out/$name.tok" "$@"
}
by_ecdsa='-signer ecdsa.pem -inkey ecdsa.key'
for content in version algorithm too_early too_late critical; do sign $content $content $by_ecdsa -cades; done
for purpose in lax two client; do sign $purpose plain -signer $purpose.pem -inkey $purpose.key -cades; done
sign fraction plain $by_ecdsa -cades
sign by_key plain $by_ecdsa -cades -keyid
sign unnamed plain $by_ecdsa
sign no_attributes plain $by_ecdsa -noattr
sign two_signatures plain $by_ecdsa -signer p384.pem -inkey p384.key -cades
sign pss plain -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -cades
sign twin plain $by_ecdsa -cades -nocerts -certfile twin.pem
openssl cms -sign -binary -nodetach -nosmimecap -md sha256 -in plain.der -outform der -out "$out/data.tok" $by_ecdsa -cades
