// Finds the number in a challenge (ALTCHA v1). Own SHA-256: http pages have no Web Crypto.
const K = [], H = [], P = (n) => ((n - Math.floor(n)) * 2 ** 32) | 0;
for (let n = 2; K.length < 64; n++) {
  let d = 2;
  while (n % d) d++;
  if (d == n) H.length < 8 && H.push(P(n ** 0.5)), K.push(P(Math.cbrt(n)));
}
const W = new Int32Array(64), R = (x, n) => (x >>> n) | (x << (32 - n));
const sha = (text) => {
  const l = text.length, s = H.slice(), b = new Int32Array((((l + 8) >> 6) + 1) * 16);
  for (let i = 0; i < l; i++) b[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  b[l >> 2] |= 128 << (24 - (l % 4) * 8);
  b[b.length - 1] = l * 8;
  for (let o = 0; o < b.length; o += 16) {
    let [a, e, f, g, h, i, j, k] = s;
    for (let t = 0; t < 64; t++) {
      const x = W[t - 15], y = W[t - 2];
      W[t] = t < 16 ? b[o + t] : (R(y, 17) ^ R(y, 19) ^ (y >>> 10)) + W[t - 7] + (R(x, 7) ^ R(x, 18) ^ (x >>> 3)) + W[t - 16];
      const u = (k + (R(h, 6) ^ R(h, 11) ^ R(h, 25)) + ((h & i) ^ (~h & j)) + K[t] + W[t]) | 0;
      const v = ((R(a, 2) ^ R(a, 13) ^ R(a, 22)) + ((a & e) ^ (a & f) ^ (e & f))) | 0;
      k = j, j = i, i = h, h = (g + u) | 0, g = f, f = e, e = a, a = (u + v) | 0;
    }
    [a, e, f, g, h, i, j, k].forEach((v, n) => (s[n] = (s[n] + v) | 0));
  }
  return s.map((v) => (v >>> 0).toString(16).padStart(8, 0)).join("");
};

// JSON in, base64 out; the page gets its turn every few milliseconds.
export async function solve(json) {
  const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse(json);
  let seen = Date.now();
  for (let number = 0; number <= maxnumber; number++) {
    if (sha(salt + number) == challenge) return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    if (!(number % 64) && Date.now() - seen > 12) await new Promise((go) => setTimeout(go)), (seen = Date.now());
  }
  throw Error("no number fits");
}
