/* global SwaggerUIBundle */
// Shows the API's own document; nothing is sent anywhere but to this server.
const place = document.getElementById("document");

window.ui = SwaggerUIBundle({
    url: place.dataset.url,
    domNode: place,
    deepLinking: true,
    filter: true,
    tryItOutEnabled: true,
    persistAuthorization: false,
    displayRequestDuration: true,
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
});
