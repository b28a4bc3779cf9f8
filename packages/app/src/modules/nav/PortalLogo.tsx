import { Link, useSidebarOpenState } from '@backstage/core-components';
import styles from './PortalLogo.module.css';

/** The mark, and beside it the name where there is room. */
export function PortalLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" underline="none" aria-label="Home" className={styles.logo}>
      <svg viewBox="4 4 24 24" width="28" height="28" aria-hidden>
        <path
          className={styles.lines}
          d="M8 8 24 24M24 8 8 24M8 16l8-8 8 8-8 8z"
        />
        <g className={styles.knots}>
          <circle cx="8" cy="8" r="2.6" />
          <circle cx="24" cy="8" r="2.6" />
          <circle cx="16" cy="16" r="3" />
          <circle cx="8" cy="24" r="2.6" />
          <circle cx="24" cy="24" r="2.6" />
        </g>
      </svg>
      {isOpen && <span className={styles.name}>Lattice Portal</span>}
    </Link>
  );
}
