// A Clio connector in App Connect's module style. Each interface is a file of its own: copy those that you need.
exports.getAuthType = () => 'oauth';
exports.getOauthInfo = ({ hostname }) => ({
  clientId: process.env.CLIO_CLIENT_ID,
  clientSecret: process.env.CLIO_CLIENT_SECRET,
  accessTokenUri: `https://${hostname}/oauth/token`,
  redirectUri: 'https://ringcentral.github.io/ringcentral-embeddable/redirect.html',
});

const INTERFACES = ['cancel', 'create', 'list', 'refresh', 'update'];
for (const name of INTERFACES) Object.assign(exports, require(`./clio/${name}`));
