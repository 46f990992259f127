/* global SwaggerUIBundle */
// Shows the API's own document; nothing is sent anywhere but to this server.
const place = document.getElementById("document");

/**
 * Move the examples of parameters that may be left out into their descriptions: Swagger UI
 * writes an example into the field, and what is in the field is sent. Every list would be
 * narrowed to nothing, and every POST be a repetition of the first.
 */
function leaveEmpty(parameter) {
    if (parameter.required || parameter.example === undefined) {
        return;
    }
    const text = `For example \`${parameter.example}\`.`;
    parameter.description = [parameter.description, text].filter(Boolean).join(" ");
    delete parameter.example;
}

function prepare(response) {
    if (!response.url.endsWith(place.dataset.url) || !response.ok) {
        return response;
    }
    const described = JSON.parse(response.text);
    for (const operations of Object.values(described.paths)) {
        for (const operation of Object.values(operations)) {
            (operation.parameters || []).forEach(leaveEmpty);
        }
    }
    Object.values(described.components?.parameters || {}).forEach(leaveEmpty);
    response.text = JSON.stringify(described);
    return response;
}

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
    responseInterceptor: prepare,
});
