// A Bullhorn connector in App Connect's module style. Each interface is a file of its own: copy those that you need.
// Bullhorn has no confirmation.
exports.getAuthType = () => 'oauth';
exports.getOauthInfo = ({ tokenUrl }) => ({
  clientId: process.env.BULLHORN_CLIENT_ID,
  clientSecret: process.env.BULLHORN_CLIENT_SECRET,
  accessTokenUri: tokenUrl,
  redirectUri: 'https://ringcentral.github.io/ringcentral-embeddable/redirect.html',
});

const INTERFACES = ['cancel', 'create', 'list', 'refresh', 'update'];
for (const name of INTERFACES) Object.assign(exports, require(`./bullhorn/${name}`));
