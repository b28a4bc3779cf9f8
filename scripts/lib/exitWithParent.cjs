// Loaded into every process the start script makes: when the start script is gone, however it went,
// the process ends too, so that nothing is left behind.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    process.exit(1);
  }
}, 1000).unref();
