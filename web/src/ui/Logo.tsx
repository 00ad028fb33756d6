/** The sign of the inn: an arched door, one leaf open, light inside. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="15" fill="#0f6a5c" />
      <g fill="none" stroke="#fff" strokeWidth="4.5" strokeLinecap="round">
        <path d="M16 51V28.5a16 16 0 0 1 32 0V51" />
        <path d="M11 51h42" />
      </g>
      <path d="M31 23l12 6v22H31z" fill="#f2c14e" />
      <circle cx="34.8" cy="39" r="1.9" fill="#0f6a5c" />
    </svg>
  );
}
