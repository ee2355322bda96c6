// The keypad of the password pages. Fills the password field that is in turn, six digits each;
// without this script the fields still work with the phone's own keyboard.
(function () {
  "use strict";
  const form = document.querySelector("form[data-keypad]");
  const pad = document.querySelector(".keypad");
  if (!form || !pad) {
    return;
  }
  const pins = Array.from(form.querySelectorAll("input.pin"));
  let current = pins[0];

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
  }

  function type(key) {
    if (key === "back") {
      current.value = current.value.slice(0, -1);
    } else if (current.value.length < 6) {
      current.value += key;
    }
    dots(current);
    const next = pins[pins.indexOf(current) + 1];
    if (current.value.length === 6 && next) {
      turnTo(next);
    }
  }

  pins.forEach(function (pin) {
    pin.setAttribute("inputmode", "none");
    pin.parentElement.classList.add("drawn");
    pin.addEventListener("focus", function () { turnTo(pin); });
    pin.addEventListener("input", function () {
      pin.value = pin.value.replace(/[^0-9]/g, "").slice(0, 6);
      dots(pin);
    });
    pin.parentElement.addEventListener("click", function () { pin.focus(); });
    dots(pin);
  });
  pad.hidden = false;
  pad.addEventListener("click", function (event) {
    const key = event.target.closest("button");
    if (key) {
      type(key.dataset.key);
    }
  });
  // The browser has taken the values by then; nothing stays in the page.
  form.addEventListener("submit", function () {
    setTimeout(function () {
      pins.forEach(function (pin) { pin.value = ""; dots(pin); });
    }, 0);
  });
  turnTo(current);
})();
