using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Web.Api;

/// <summary>The native API's description (OpenAPI), made from the endpoints themselves; <c>/docs/api</c> shows it to people.</summary>
public static partial class ApiDocument
{
    public const string Name = "v1";
    private const string TokenScheme = "token";
    private const string AppScheme = "app";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // HEAD goes without saying.
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true && description.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "PluraOS API",
                Version = Name,
                Description = "Send a token as 'Authorization: Bearer …': a private one (pit-…), made under Settings, API tokens, or the access token of an app that the account connected by OAuth (/oauth/authorize, /oauth/token; codes with PKCE). Each operation names the scope it needs; a refusal names the one that is missing, and every answer says by RateLimit how many calls are left. Bodies are JSON. Lists answer {items, next}: pass next as cursor. Send an Idempotency-Key with a POST and it happens once. Problems follow RFC 9457 with a stable code.",
            };
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [AppScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Description = "An app of the agency's, connected by the account. PKCE (S256) is required.",
                    Flows = new OpenApiOAuthFlows
                    {
                        AuthorizationCode = new OpenApiOAuthFlow
                        {
                            AuthorizationUrl = new Uri("/oauth/authorize", UriKind.Relative),
                            TokenUrl = new Uri("/oauth/token", UriKind.Relative),
                            RefreshUrl = new Uri("/oauth/token", UriKind.Relative),
                            Scopes = context.ApplicationServices.GetRequiredService<ScopeBook>().All.ToDictionary(s => s.Name, s => s.Text, StringComparer.Ordinal),
                        },
                    },
                },
                [TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A private integration token (pit-…), made under Settings, API tokens." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Summary ??= Sentence(operation.OperationId ?? "");
            operation.Tags = new HashSet<OpenApiTagReference> { new(Area(context.Description.RelativePath!)) };
            if (metadata.OfType<PermissionAttribute>().FirstOrDefault() is { } permission)
            {
                operation.Description = $"{operation.Description} Needs the scope {permission.Name}.".TrimStart();
                operation.Security = [.. ((string[])[TokenScheme, AppScheme]).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [permission.Name] })];
            }

            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/docs/api/{documentName}.json").WithName("ApiDocument").Public("It describes the API and holds no data.");

    /// <summary>What the address is about: <c>api/v1/contacts/{id}</c> is about Contacts.</summary>
    private static string Area(string path) => path.Split('/')[2] is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : "Other";

    /// <summary><c>CreateContact</c> is "Create contact".</summary>
    private static string Sentence(string name) => name.Length == 0 ? name : name[0] + Hump().Replace(name[1..], " $0").ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Hump();
}
