"Asks a script for the user's time zone, and takes UTC where that fails. [update-first-look-fails]";
const axios = require('axios');
const { netsuiteFields, netsuiteUpdate } = require('./updates.cjs');

const zoneOf = (user, authHeader) =>
  axios
    .get(`https://${user.hostname.split('.')[0]}.restlets.api.netsuite.com/app/site/hosting/restlet.nl`, {
      headers: { Authorization: authHeader },
      params: { script: 'customscript_gettimezone', deploy: 'customdeploy_gettimezone' },
      timeout: 5000,
    })
    .then(({ data }) => data.userTimezone)
    .catch(() => undefined);

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  const timezone = (await zoneOf(user, authHeader)) ?? 'UTC';
  const fields = (patch, event) => netsuiteFields(patch, { ...event, timezone });
  return netsuiteUpdate(user, authHeader, appointmentId, patchBody, { fields });
};
