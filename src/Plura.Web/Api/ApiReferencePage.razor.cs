using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Plura.Web.Api;

/// <summary>The API for people: the same document that programs read, without scripts of others.</summary>
public sealed partial class ApiReferencePage
{
    private OpenApiDocument document = new() { Info = new OpenApiInfo() };
    private List<Line> operations = [];

    [Inject(Key = ApiDocument.Name)]
    private IOpenApiDocumentProvider Provider { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        document = await Provider.GetOpenApiDocumentAsync();
        operations =
        [
            .. from path in document.Paths
               from operation in path.Value.Operations ?? []
               orderby path.Key, operation.Key.Method
               select new Line(operation.Value.Tags?.FirstOrDefault()?.Name ?? "Other", operation.Key.Method, path.Key, operation.Value),
        ];
    }

    private static string Kind(IOpenApiSchema schema) => schema.Type is { } type ? type.ToString().ToLowerInvariant().Replace(", null", "", StringComparison.Ordinal).Replace("null, ", "", StringComparison.Ordinal) : "object";

    private static string Limit(IOpenApiSchema schema) => schema.MaxLength is { } length ? $", at most {length} characters." : ".";

    private sealed record Line(string Area, string Method, string Path, OpenApiOperation Operation);
}
