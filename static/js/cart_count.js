/* Pages that may be cached do not know the cart; the cookie says how much is in it. */
const counter = document.querySelector("[data-cart-count]");
const count = document.cookie.match(/(?:^|; )(?:__Host-)?cart_count=(\d{1,4})(?:;|$)/)?.[1];
if (counter && count && count !== "0") counter.textContent = count;
