/**
 * @fileoverview The second file's entry: gives itself to the script that made its tag.
 */
import {createPlatforms} from './platforms.js';

document.currentScript['take'](createPlatforms);
