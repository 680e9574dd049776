/* Streamlit's own words, in Indonesian on an Indonesian page: its widgets know English only. Numbers and dates that it
 * writes follow the language of the page, not that of the browser. `document.documentElement.lang` tells it, see bingkai.js. */
(() => {
  "use strict";
  const WORDS = {
    __proto__: null, // so that it has no words but these
    "Add files": "Tambah berkas",
    "Automatic": "Otomatis",
    "Autosize": "Sesuaikan lebar",
    "Average": "Rata-rata",
    "Average length": "Rata-rata panjang",
    "Based on sample": "Dari sebagian baris",
    "Calendar": "Kalender",
    "Choose an option": "Pilih",
    "Choose date": "Pilih tanggal",
    "Clear all": "Kosongkan semua",
    "Clear date": "Kosongkan tanggal",
    "Clear entry": "Kosongkan",
    "Clear selection": "Batalkan pilihan",
    "Clear value": "Kosongkan",
    "Close": "Tutup",
    "Close Search": "Tutup pencarian",
    "Close fullscreen": "Tutup layar penuh",
    "Collapse sidebar": "Tutup menu samping",
    "Compact": "Ringkas",
    "Copy column name": "Salin nama kolom",
    "Copy to clipboard": "Salin",
    "Count": "Banyaknya isi",
    "Dataframe column menu": "Menu kolom",
    "Decrement": "Kurangi",
    "Dismiss": "Tutup",
    "Distance": "Jarak waktu",
    "Distinct": "Nilai berbeda",
    "Distribution histogram": "Histogram sebaran",
    "Download as CSV": "Unduh CSV",
    "Download failed": "Unduhan gagal",
    "Drag and drop a file here": "Lepaskan berkas di sini",
    "Drag and drop files here": "Lepaskan berkas di sini",
    "Empty": "Kosong",
    "Error:": "Galat:",
    "Expand sidebar": "Buka menu samping",
    "Format": "Bentuk angka",
    "Fullscreen": "Layar penuh",
    "Hide column": "Sembunyikan kolom",
    "Hide password": "Sembunyikan isian",
    "Increment": "Tambah",
    "Link to heading": "Tautan ke judul ini",
    "Localized": "Menurut bahasa",
    "Maximum": "Tertinggi",
    "Maximum length": "Panjang tertinggi",
    "Minimum": "Terendah",
    "Minimum length": "Panjang terendah",
    "Navigate to home page": "Ke halaman utama",
    "Next": "Berikutnya",
    "Next Result": "Hasil berikutnya",
    "Next month": "Bulan berikutnya",
    "No data": "Tidak ada data",
    "No options": "Tidak ada pilihan",
    "No results": "Tidak ditemukan",
    "Open": "Buka pilihan",
    "Page not found": "Halaman tidak ditemukan",
    "Percent": "Persen",
    "Pin column": "Sematkan kolom",
    "Plain": "Polos",
    "Press Enter to apply": "Tekan Enter untuk menerapkan",
    "Press Enter to submit form": "Tekan Enter untuk mengirim",
    "Previous": "Sebelumnya",
    "Previous Result": "Hasil sebelumnya",
    "Previous month": "Bulan sebelumnya",
    "Range": "Rentang",
    "Running...": "Memuat…",
    "Scientific": "Ilmiah",
    "Scroll tabs left": "Geser tab ke kiri",
    "Scroll tabs right": "Geser tab ke kanan",
    "Search": "Cari",
    "Select all": "Pilih semua",
    "Show password": "Tampilkan isian",
    "Show/hide columns": "Pilih kolom",
    "Sidebar": "Menu samping",
    "Sort ascending": "Urutkan naik",
    "Sort descending": "Urutkan turun",
    "Standard deviation": "Simpangan baku",
    "Statistics": "Statistik",
    "Stop": "Hentikan",
    "Stopping...": "Dihentikan…",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Halaman yang diminta tidak ada. Yang tampil adalah halaman utama.",
    "Type to search": "Ketik untuk mencari",
    "Unpin column": "Lepaskan kolom",
    "Upload": "Pilih berkas",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Gunakan tombol panah untuk berpindah tanggal, Enter untuk memilih, Escape untuk menutup.",
    "Values": "Nilai",
    "add icon": "tambah",
    "day": "hari",
    "dd": "hh",
    "file upload": "unggah berkas",
    "mm": "bb",
    "month": "bulan",
    "number": "angka",
    "text": "teks",
    "year": "tahun",
    "yyyy": "tttt",
  };
  const SHAPES = [
    [/^Close fullscreen: /, "Tutup layar penuh: "],
    [/^Fullscreen: /, "Layar penuh: "],
    [/^Help for /, "Penjelasan "],
    [/^Press (Ctrl|⌘)\+Enter to apply$/, "Tekan $1+Enter untuk menerapkan"],
    [/^Press (Ctrl|⌘)\+Enter to submit form$/, "Tekan $1+Enter untuk mengirim"],
    [/^Remove /, "Hapus "],
    [/^Search: /, "Cari: "],
    [/^Show\/hide columns: /, "Pilih kolom: "],
    [/^(\d+) options? available\.$/, "$1 pilihan."],
    [/^(\d+)([KMG]?B) per file/, "$1 $2 per berkas"],
    [/^(\d+)(?:\.(\d+))?([KMG]?B)$/, (_all, whole, rest, unit) => `${whole}${rest ? `,${rest}` : ""} ${unit}`],
    [/^File must be (\d+)(?:\.\d+)?([KMG]?B) or smaller\.$/, "Berkas paling besar $1 $2."],
    [/^\S+ files are not allowed\.$/, "Jenis berkas ini tidak diterima."],
    [/^Choose date, /, "Pilih tanggal, "],
    [/^Today, /, "Hari ini, "],
    [/^Selected Date: /, "Tanggal terpilih: "],
    [/^day, /, "hari, "],
    [/^month, /, "bulan, "],
    [/^year, /, "tahun, "],
    [/ selected$/, " dipilih"],
    [/, First available date$/, ", tanggal pertama yang dapat dipilih"],
    [/, Last available date$/, ", tanggal terakhir yang dapat dipilih"],
  ];
  /* Where Streamlit writes; elsewhere the same words would be somebody's data, and so they are in the name of a file. */
  const PLACES = ["InputInstructions", "stFileUploader", "stTooltipContent", "stSelectboxVirtualDropdown",
    "stDataFrameResizable", "stStatusWidget"].map((name) => `[data-testid=${name}]`)
    .concat(["stDataFrameColumn", "stDateInput"].map((name) => `[data-testid^=${name}]`), "[role=dialog]", "[data-live-announcer]")
    .join();
  const FILES = "[data-testid=stFileChip], [data-testid=stFileChipName]";
  const NAMES = ["aria-label", "title", "placeholder"];
  const root = document.documentElement;
  const isOurs = () => root.lang === "id";
  const kept = new WeakMap(); // node -> what Streamlit said and what stands there instead, by attribute ("" is the text)
  let language = root.lang;

  const inIndonesian = (words) => WORDS[words] || SHAPES.reduce((now, [shape, fresh]) => now.replace(shape, fresh), words);
  const turn = (node, name) => {
    const now = name ? node.getAttribute(name) : node.data;
    const place = name ? node : node.parentElement;
    if (!now?.trim() || !place || place.matches(FILES)) return;
    const before = kept.get(node)?.[name];
    const said = before?.ours === now ? before.said : now;
    const ours = isOurs() && (name || place.closest(PLACES)) ? inIndonesian(said.trim()) : said.trim();
    if (ours === now.trim()) return;
    kept.set(node, { ...kept.get(node), [name]: { said, ours } });
    if (name) node.setAttribute(name, ours);
    else node.data = ours;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) turn(node, "");
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const part of [node, ...node.querySelectorAll(NAMES.map((name) => `[${name}]`).join())])
      NAMES.forEach((name) => { if (part.hasAttribute(name)) turn(part, name); });
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) turn(texts.currentNode, "");
  };
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "childList") change.addedNodes.forEach(walk);
    else turn(change.target, change.attributeName || "");
  })).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: NAMES });
  new MutationObserver(() => {
    if (root.lang === language) return;
    language = root.lang;
    walk(document.body);
    dispatchEvent(new Event("languagechange"));
  }).observe(root, { attributeFilter: ["lang"] });

  const tag = () => (isOurs() ? "id-ID" : "en-GB");
  Object.defineProperties(navigator, {
    language: { get: tag, configurable: true },
    languages: { get: () => [tag()], configurable: true },
  });
})();
