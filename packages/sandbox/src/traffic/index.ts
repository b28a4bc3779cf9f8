export { Traffic, type TrafficOptions } from './Traffic';
