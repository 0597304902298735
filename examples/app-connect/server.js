// A small App Connect server with the three connectors. Under `greenroom run` it finds the user of the fake CRM in
// GREENROOM_USER and registers it, as a log-in would.
process.env.DATABASE_URL ??= 'sqlite::memory:';
process.env.APP_SERVER_SECRET_KEY ??= 'an example only, 32 characters ..';

const core = require('@app-connect/core');
const { UserModel } = require('@app-connect/core/models/userModel');
const { generateJwt } = require('@app-connect/core/lib/jwt');

// Function by function: `registerConnector` would insist on call logging, which these small connectors leave out.
for (const platform of ['clio', 'netsuite', 'bullhorn']) {
  for (const [name, value] of Object.entries(require(`./connectors/${platform}`))) {
    if (typeof value === 'function') core.connectorRegistry.registerConnectorInterface(platform, name, value);
  }
}

async function main() {
  await core.initializeCore({ skipAnalyticsInit: true });
  const app = core.createCoreApp({ skipDatabaseInit: true, skipAnalyticsInit: true });
  const user = JSON.parse(process.env.GREENROOM_USER);
  await UserModel.create(user);
  const jwt = generateJwt({ id: user.id, platform: user.platform });
  const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    console.log(`READY ${JSON.stringify({ port: server.address().port, jwt })}`);
  });
}

main();
