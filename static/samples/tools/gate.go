// go run gate.go PURPOSE < addresses.txt > allowed.tsv: address, link to leave, link to choose
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

type result struct {
	Decision string
	Links    struct{ Unsubscribe, Preferences string }
}

// ask says of up to 10,000 addresses, in their order, whom one may mail now. An error means: do not send.
func ask(purpose string, addresses []string) ([]result, error) {
	recipients := make([]map[string]string, len(addresses))
	for place, address := range addresses {
		recipients[place] = map[string]string{"email": address}
	}
	question := map[string]any{"purpose": purpose, "recipients": recipients, "include": []string{"links"}}
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest("POST", os.Getenv("AYEAYE_URL")+"/v1/checks", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("AYEAYE_KEY"))
	request.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var check struct{ Results []result }
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("no answer (%s): do not send", answer.Status)
	}
	err = json.NewDecoder(answer.Body).Decode(&check)
	if err == nil && len(check.Results) != len(addresses) {
		err = fmt.Errorf("%d answers to %d addresses: do not send", len(check.Results), len(addresses))
	}
	return check.Results, err
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	addresses := strings.Fields(string(text))
	results, err := ask(os.Args[1], addresses)
	if err != nil {
		log.Fatal(err)
	}
	for place, it := range results {
		if it.Decision == "allow" {
			fmt.Printf("%s\t%s\t%s\n", addresses[place], it.Links.Unsubscribe, it.Links.Preferences)
		}
	}
}
