import testing from './index.cjs';

export const { FakeCrm, GreenroomError, fakeCrm } = testing;
