import { useStore } from 'zustand';
import { type AppState, store } from './state.ts';

/** A part of the app's state in a component; equal parts do not draw it again. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(store, select);
