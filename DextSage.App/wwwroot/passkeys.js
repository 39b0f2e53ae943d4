// A form with data-passkey asks the device for a passkey before it is sent. The attribute is where its challenge comes from.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const fault = form.querySelector("[data-passkey-fault]");
  const answer = form.querySelector("input[type=hidden][name$='.Credential']");

  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    form.querySelector("button").disabled = true;
    say("This browser has no passkeys for this address.");
    continue;
  }

  form.addEventListener("submit", async event => {
    if (answer.value) return;
    event.preventDefault();
    fault.hidden = true;
    try {
      answer.value = JSON.stringify(await credential(form.dataset.passkey, form.dataset.passkeyStep));
      form.requestSubmit(event.submitter);
    } catch (error) {
      say(sentence(error));
    }
  });

  function say(text) {
    fault.textContent = text;
    fault.hidden = false;
  }
}

async function credential(challengeFrom, step) {
  const response = await fetch(challengeFrom, { method: "POST", credentials: "same-origin" });
  if (!response.ok) throw new Error(`challenge ${response.status}`);
  const options = await response.json();
  return step === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function sentence(error) {
  switch (error.name) {
    case "NotAllowedError": return "No passkey was chosen, or the device took too long. Try again.";
    case "InvalidStateError": return "This device has a passkey for your account already.";
    case "SecurityError": return "Passkeys need https, or http://localhost: this address cannot have them.";
    default: return "The passkey could not be used. Reload the page and try again.";
  }
}
