// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

/** Ids of the accounts whose progress is on the screen: the result shows there. */
export const watched = new Set();
