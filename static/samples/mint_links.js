const { createHmac } = require("node:crypto");

/** The unsubscribe and preferences links of `who`: an email address, or an id of yours. */
function mintLinks(base, kid, key, who, purpose = "") {
  const mac = (text) => createHmac("sha256", key).update(text).digest();
  const address = () => mac("aye-ref-v1\n" + who.trim().toLowerCase()).subarray(0, 16).toString("base64url");
  const ref = who.includes("@") ? "e" + address() : "x" + who;
  const token = (p) => `${kid}.${ref}.` + mac(`aye-link-v1\n${kid}\n${ref}\n${p}`).toString("base64url");
  const unsubscribe = `${base}/u/${token(purpose)}` + (purpose ? `?p=${purpose}` : "");
  return [unsubscribe, `${base}/p/${token("")}`];
}

module.exports = { mintLinks };

if (require.main === module) {
  // node mint_links.js https://consent.example.org lk1 KEY_HEX ada@example.org newsletter
  const [base, kid, key, who, purpose] = process.argv.slice(2);
  console.log(mintLinks(base, kid, Buffer.from(key, "hex"), who, purpose).join("\n"));
}
