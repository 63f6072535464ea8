# sh gate.sh PURPOSE ADDRESS: "allow" or "deny" and why; whatever else happens means: do not send
curl --fail --silent --show-error --max-time 60 "$AYEAYE_URL/v1/checks" \
  -H "Authorization: Bearer $AYEAYE_KEY" -H "Content-Type: application/json" \
  -d "{\"purpose\": \"$1\", \"recipients\": [{\"email\": \"$2\"}]}" |
  grep -o '"decision":"[a-z]*"\(,"reason":"[a-z]*"\)\?'
