using Microsoft.AspNetCore.Http;

namespace Plura.Platform;

/// <summary>A HEAD is answered as a GET, and nobody behind the routing sees the difference, except who must know whether data were shown.</summary>
public static class HeadRequests
{
    private static readonly object Mark = new();

    public static void AnswersHead(this HttpContext http) => http.Items[Mark] = true;

    public static bool IsHead(this HttpContext http) => HttpMethods.IsHead(http.Request.Method) || http.Items.ContainsKey(Mark);
}
