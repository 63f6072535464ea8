package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

// MintLinks gives the unsubscribe and preferences links of who: an email address, or an id of yours.
func MintLinks(base, kid string, key []byte, who, purpose string) (string, string) {
	mac := func(text string) []byte { m := hmac.New(sha256.New, key); m.Write([]byte(text)); return m.Sum(nil) }
	ref := "x" + who
	if strings.Contains(who, "@") {
		address := strings.ToLower(strings.TrimSpace(who))
		ref = "e" + base64.RawURLEncoding.EncodeToString(mac("aye-ref-v1\n" + address)[:16])
	}
	token := func(p string) string {
		return kid + "." + ref + "." + base64.RawURLEncoding.EncodeToString(mac("aye-link-v1\n"+kid+"\n"+ref+"\n"+p))
	}
	if purpose == "" {
		return base + "/u/" + token(""), base + "/p/" + token("")
	}
	return base + "/u/" + token(purpose) + "?p=" + purpose, base + "/p/" + token("")
}

func main() {
	// go run mint_links.go https://consent.example.org lk1 KEY_HEX ada@example.org newsletter
	key, err := hex.DecodeString(os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, "the key is written in hexadecimal")
		os.Exit(2)
	}
	unsubscribe, preferences := MintLinks(os.Args[1], os.Args[2], key, os.Args[4], os.Args[5])
	fmt.Printf("%s\n%s\n", unsubscribe, preferences)
}
