import 'reflect-metadata';
import fc from 'fast-check';

// All generated tests of a run use the seed that Jest prints, so that `--seed` repeats the run.
fc.configureGlobal({ seed: jest.getSeed() });
