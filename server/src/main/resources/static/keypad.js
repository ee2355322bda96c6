// The keypad of the password pages: a sheet at the foot of a phone's screen, there while a password
// is typed. It fills the field in turn, six digits each; who has a keyboard types with that, and
// without this script the fields work with the phone's own keyboard.
(function () {
  "use strict";
  const LENGTH = 6;
  const form = document.querySelector("form[data-keypad]");
  const pad = document.querySelector(".keypad");
  if (!form || !pad) {
    return;
  }
  const pins = Array.from(form.querySelectorAll("input.pin"));
  const touched = window.matchMedia("(pointer: coarse)").matches;
  let current = null;
  let sent = false;

  function dots(pin) {
    const shown = pin.parentElement.querySelectorAll(".dot");
    shown.forEach(function (dot, i) {
      dot.classList.toggle("full", i < pin.value.length);
    });
  }

  function turnTo(pin) {
    current = pin;
    pins.forEach(function (each) {
      each.parentElement.classList.toggle("turn", each === pin);
    });
    pad.hidden = !touched || pin === null;
    document.body.classList.toggle("typing", !pad.hidden);
    if (pin !== null && touched) {
      pin.parentElement.scrollIntoView({ block: "center" });
    }
  }

  // A full field hands on to the next empty one; after the last the keypad makes room.
  function handOn() {
    const next = pins.slice(pins.indexOf(current) + 1).find(function (pin) {
      return pin.value.length < LENGTH;
    });
    if (next) {
      next.focus({ preventScroll: true });
    } else {
      current.blur();
      turnTo(null);
    }
  }

  function type(key) {
    if (key === "close") {
      current.blur();
      turnTo(null);
      return;
    }
    if (key === "back") {
      current.value = current.value.slice(0, -1);
    } else if (current.value.length < LENGTH) {
      current.value += key;
    }
    dots(current);
    if (key !== "back" && current.value.length === LENGTH) {
      handOn();
    }
  }

  pins.forEach(function (pin) {
    if (touched) {
      pin.setAttribute("inputmode", "none");
    }
    pin.parentElement.classList.add("drawn");
    pin.addEventListener("focus", function () { turnTo(pin); });
    pin.addEventListener("input", function () {
      pin.value = pin.value.replace(/[^0-9]/g, "").slice(0, LENGTH);
      dots(pin);
    });
    dots(pin);
  });
  form.addEventListener("focusin", function (event) {
    if (!pins.includes(event.target)) {
      turnTo(null);
    }
  });
  // The field keeps the focus while the keypad is touched.
  pad.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  pad.addEventListener("mousedown", function (event) { event.preventDefault(); });
  pad.addEventListener("click", function (event) {
    const key = event.target.closest("button");
    if (key && current) {
      type(key.dataset.key);
    }
  });
  // Once only; and the browser has taken the values by then, so that nothing stays in the page.
  form.addEventListener("submit", function (event) {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
    setTimeout(function () {
      pins.forEach(function (pin) { pin.value = ""; dots(pin); });
    }, 0);
  });
  // A page that the browser kept aside asks again whether it is still good.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });

  const wrong = form.querySelector("[aria-invalid=true]");
  const first = wrong || form.querySelector("input");
  if (first) {
    first.focus({ preventScroll: true });
  }
})();
