import {
  RiAddBoxLine,
  RiKey2Line,
  RiShareLine,
  RiShieldCrossLine,
} from '@remixicon/react';

/** The four journeys of the portal. */
export const journeys = [
  {
    title: 'Browse the service map',
    description:
      'Every account, VPC, network and service, with the traffic between them and how it ends.',
    href: '/lattice/map',
    action: 'Open the map',
    Icon: RiShareLine,
  },
  {
    title: 'Scaffold a service',
    description:
      'A Lambda service with its own auth policy, provisioned whole and on the map in a minute.',
    href: '/create',
    action: 'Choose a template',
    Icon: RiAddBoxLine,
  },
  {
    title: 'Review denied requests',
    description:
      'Each refusal with what AWS recorded, what the policies say and what would fix it.',
    href: '/lattice/denied',
    action: 'See who was refused',
    Icon: RiShieldCrossLine,
  },
  {
    title: 'Request access',
    description:
      'Ask the owner of another team’s service for exactly what you need, and see it start to work.',
    href: '/lattice/requests',
    action: 'See access requests',
    Icon: RiKey2Line,
  },
];
