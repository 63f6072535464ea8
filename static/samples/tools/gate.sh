# sh gate.sh PURPOSE ADDRESS: "allow" or "deny" and why; whatever else happens means: do not send
answer=$(curl --fail-with-body --silent --show-error --max-time 60 "$AYEAYE_URL/v1/checks" \
  -H "Authorization: Bearer $AYEAYE_KEY" -H "Content-Type: application/json" \
  -d "{\"purpose\": \"$1\", \"recipients\": [{\"email\": \"$2\"}]}") || { printf '%s\n' "$answer" >&2; exit 1; }
printf '%s\n' "$answer" | grep -o '"decision":"[a-z]*"\(,"reason":"[a-z]*"\)\?'
