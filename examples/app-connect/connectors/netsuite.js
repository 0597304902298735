// A NetSuite connector in App Connect's module style. Each interface is a file of its own: copy those that you need.
exports.getAuthType = () => 'oauth';
exports.getOauthInfo = ({ hostname }) => ({
  clientId: process.env.NETSUITE_CLIENT_ID,
  clientSecret: process.env.NETSUITE_CLIENT_SECRET,
  accessTokenUri: `https://${hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token`,
  redirectUri: 'https://ringcentral.github.io/ringcentral-embeddable/redirect.html',
});

const INTERFACES = ['cancel', 'confirm', 'create', 'list', 'refresh', 'update'];
for (const name of INTERFACES) Object.assign(exports, require(`./netsuite/${name}`));
