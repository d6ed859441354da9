/* A film takes the place of its poster when it is pressed, and not before. */
for (const poster of document.querySelectorAll("[data-video-frame]")) {
  poster.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { videoFrame, videoFile, videoTitle } = poster.dataset;
    const film = document.createElement(videoFrame ? "iframe" : "video");
    film.className = "video__film";
    if (videoFrame) {
      film.referrerPolicy = "strict-origin";
      film.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
      film.title = videoTitle;
      film.src = `${videoFrame}&autoplay=1`;
    } else {
      film.controls = true;
      film.src = videoFile;
      film.append(poster.querySelector("template").content);
      film.play();
    }
    film.tabIndex = 0;
    poster.replaceWith(film);
    film.focus();
  });
}
