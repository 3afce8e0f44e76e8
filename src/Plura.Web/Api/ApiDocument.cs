using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Plura.Platform;

namespace Plura.Web.Api;

/// <summary>The native API's description (OpenAPI), made from the endpoints themselves; <c>/docs/api</c> shows it to people.</summary>
public static partial class ApiDocument
{
    public const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // HEAD goes without saying.
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true && description.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "PluraOS API",
                Version = Name,
                Description = "Send a token as 'Authorization: Bearer pit-…'. Bodies are JSON. Lists answer {items, next}: pass next as cursor. Send an Idempotency-Key with a POST and it happens once. Problems follow RFC 9457 with a stable code.",
            };
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Summary ??= Sentence(operation.OperationId ?? "");
            operation.Tags = new HashSet<OpenApiTagReference> { new(Area(context.Description.RelativePath!)) };
            if (metadata.OfType<PermissionAttribute>().FirstOrDefault() is { } permission)
                operation.Description = $"Needs the permission {permission.Name}.";
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/docs/api/{documentName}.json").WithName("ApiDocument").Public("It describes the API and holds no data.");

    /// <summary>What the address is about: <c>api/v1/contacts/{id}</c> is about Contacts.</summary>
    private static string Area(string path) => path.Split('/')[2] is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : "Other";

    /// <summary><c>CreateContact</c> is "Create contact".</summary>
    private static string Sentence(string name) => name.Length == 0 ? name : name[0] + Hump().Replace(name[1..], " $0").ToLowerInvariant();

    [GeneratedRegex("[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Hump();
}
