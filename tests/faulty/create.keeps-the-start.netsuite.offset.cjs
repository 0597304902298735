"Moves by the offset that the user's zone has in winter, also in summer. [create-times]";
const moment = require('moment-timezone');
const { endOf, netsuiteCreate, netsuiteEvent } = require('./creates.cjs');

exports.createAppointment = (call) =>
  netsuiteCreate(call, {
    fits: () => true,
    event: (payload, zone) => {
      const offset = moment.tz('2027-01-15T12:00:00', zone).utcOffset();
      const [start, end] = [payload.startTimeUtc, endOf(payload)].map((each) => moment(each).utcOffset(offset));
      const day = start.format('YYYY-MM-DD');
      const [startTime, endTime] = [start, end].map((each) => each.format('HH:mm'));
      return { ...netsuiteEvent(payload, zone), startDate: day, startTime, endTime };
    },
  });
