using Microsoft.AspNetCore.Http;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A session cookie that holds nothing but "asked and refused": going back and choosing another year does not help, on whichever page one was asked.</summary>
public sealed class AgeLock(CookieRules cookies)
{
    private string Name => cookies.Name("age");

    public bool Holds(HttpContext http) => http.Request.Cookies.ContainsKey(Name);

    public void Close(HttpContext http) => http.Response.Cookies.Append(Name, "1", cookies.Options(http.Request));
}
